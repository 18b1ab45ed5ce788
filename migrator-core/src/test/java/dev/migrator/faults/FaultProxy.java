package dev.migrator.faults;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Stands between the engine and a server, counts the messages of PostgreSQL's protocol that pass (PostgreSQL manual, 55.7,
 * message formats), and breaks connections at the message that a test names. Connections must not be encrypted.
 *
 * <p>Requests to cancel pass, and count as no connection. Thread-safe.
 */
final class FaultProxy implements AutoCloseable {

  /** How long a stalled or half-cut connection is kept from whoever is not to notice yet. */
  static final Duration HOLD = Duration.ofMillis(150);

  /** What becomes of the connections that no fault is named for. */
  enum Others {
    /** They pass. */
    PASS,
    /** They are closed at once: for a process that has died there is no further connection. */
    REFUSED
  }

  private static final int CANCEL_REQUEST = 80877102;
  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;

  private final PGSimpleDataSource target;
  private final List<Fault> faults;
  private final Others others;
  private final ServerSocket door;
  private final List<Link> links = new CopyOnWriteArrayList<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> struck = new CompletableFuture<>();

  private FaultProxy(PGSimpleDataSource target, Others others, List<Fault> faults)
      throws IOException {
    this.target = target;
    this.others = others;
    this.faults = faults;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /**
   * Opens a proxy.
   *
   * @param target where the server is
   * @param others what becomes of connections after those that a fault is for
   * @param faults the first connection's fault, the second's, and so on
   */
  static FaultProxy before(PGSimpleDataSource target, Others others, Fault... faults)
      throws IOException {
    return new FaultProxy(target, others, List.copyOf(Arrays.asList(faults)));
  }

  /** Connections through the proxy, as the target's otherwise. */
  PGSimpleDataSource dataSource() {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setServerNames(new String[] {door.getInetAddress().getHostAddress()});
    dataSource.setPortNumbers(new int[] {door.getLocalPort()});
    dataSource.setDatabaseName(target.getDatabaseName());
    dataSource.setUser(target.getUser());
    dataSource.setPassword(target.getPassword());
    return dataSource;
  }

  /** Completed when the first fault has struck. */
  CompletableFuture<Void> struck() {
    return struck;
  }

  /** How many connections there were so far. */
  int connections() {
    return links.size();
  }

  /** How many messages passed on the first connection. */
  int messages(Direction direction) {
    return links.isEmpty() ? 0 : links.get(0).count(direction).get();
  }

  /** Closes everything. */
  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = door.accept();
      client.setTcpNoDelay(true);
      sockets.add(client);
      start(() -> greet(client));
    }
  }

  private void greet(Socket client) throws IOException {
    DataInputStream in = input(client);
    byte[] first;
    try {
      first = packet(in);
    } catch (IOException e) {
      client.close();
      return;
    }
    boolean cancels = code(first) == CANCEL_REQUEST;
    Link link;
    synchronized (links) {
      int number = links.size();
      Fault fault = !cancels && number < faults.size() ? faults.get(number) : null;
      if (fault == null && !cancels && others == Others.REFUSED) {
        client.close();
        return;
      }
      Socket server = new Socket(target.getServerNames()[0], target.getPortNumbers()[0]);
      server.setTcpNoDelay(true);
      sockets.add(server);
      link = new Link(client, server, fault);
      if (!cancels) {
        links.add(link);
      }
    }
    link.run(first, in);
  }

  /** A length, and what it counts; the length counts itself. */
  private static byte[] packet(DataInputStream in) throws IOException {
    int length = in.readInt();
    ByteBuffer packet = ByteBuffer.allocate(length).putInt(length);
    in.readFully(packet.array(), packet.position(), packet.remaining());
    return packet.array();
  }

  /** What a packet without a type is. */
  private static int code(byte[] packet) {
    return ByteBuffer.wrap(packet).getInt(Integer.BYTES);
  }

  private static DataInputStream input(Socket socket) throws IOException {
    return new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  private static OutputStream output(Socket socket) throws IOException {
    return new BufferedOutputStream(socket.getOutputStream());
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread = new Thread(
        () -> {
          try {
            work.run();
          } catch (IOException e) {
            // The proxy was closed.
          }
        },
        "fault proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** One connection: two sockets, and the messages between them. */
  private final class Link {
    private final Socket client;
    private final Socket server;
    private final @Nullable Fault fault;
    private final AtomicInteger toServer = new AtomicInteger();
    private final AtomicInteger toClient = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile boolean broken;

    Link(Socket client, Socket server, @Nullable Fault fault) {
      this.client = client;
      this.server = server;
      this.fault = fault;
    }

    void run(byte[] first, DataInputStream fromClient) throws IOException {
      DataInputStream fromServer = input(server);
      OutputStream toServer = output(server);
      OutputStream toClient = output(client);
      try {
        greet(first, fromClient, toServer, fromServer, toClient);
      } catch (IOException e) {
        closeBoth();
        return;
      }
      start(() -> pass(Direction.TO_CLIENT, fromServer, toClient, client));
      pass(Direction.TO_SERVER, fromClient, toServer, server);
    }

    /** The exchange before the first message that has a type. */
    private void greet(
        byte[] first,
        DataInputStream fromClient,
        OutputStream toServer,
        DataInputStream fromServer,
        OutputStream toClient)
        throws IOException {
      byte[] packet = first;
      forward(Direction.TO_SERVER, packet, toServer);
      while (!broken && (code(packet) == SSL_REQUEST || code(packet) == GSS_REQUEST)) {
        int answer = fromServer.read();
        if (answer != 'N') {
          throw new IOException("encryption, which hides the messages: " + (char) answer);
        }
        forward(Direction.TO_CLIENT, new byte[] {(byte) answer}, toClient);
        if (!broken) {
          packet = packet(fromClient);
          forward(Direction.TO_SERVER, packet, toServer);
        }
      }
    }

    private void pass(Direction direction, DataInputStream in, OutputStream out, Socket to)
        throws IOException {
      try {
        while (!broken) {
          int type = in.read();
          if (type < 0) {
            break;
          }
          byte[] packet = packet(in);
          byte[] message = ByteBuffer.allocate(packet.length + 1)
              .put((byte) type)
              .put(packet)
              .array();
          forward(direction, message, out);
        }
        if (!broken) {
          hangUp(to);
        }
      } catch (IOException e) {
        if (!broken) {
          closeBoth();
        }
      }
      drain(in);
      if (ended.incrementAndGet() == Direction.values().length) {
        closeBoth();
      }
    }

    private void forward(Direction direction, byte[] message, OutputStream out) throws IOException {
      int number = count(direction).incrementAndGet();
      if (broken) {
        return;
      }
      if (fault != null && fault.strikes(direction, number)) {
        // Before the message goes on: its answer must not slip through.
        broken = true;
        if (fault.moment() == Fault.Moment.AFTER) {
          out.write(message);
          out.flush();
        }
        strike(fault.kind());
        return;
      }
      out.write(message);
      out.flush();
    }

    private AtomicInteger count(Direction direction) {
      return direction == Direction.TO_SERVER ? toServer : toClient;
    }

    private void strike(Fault.Kind kind) throws IOException {
      struck.complete(null);
      switch (kind) {
        case CUT -> {}
        case RESET -> {
          client.setSoLinger(true, 0);
          server.setSoLinger(true, 0);
          closeBoth();
          return;
        }
        case STALL -> hold();
        case SERVER_SEES_IT_FIRST -> {
          hangUp(server);
          hold();
        }
        case CLIENT_SEES_IT_FIRST -> {
          hangUp(client);
          hold();
        }
      }
      hangUp(client);
      hangUp(server);
    }

    /**
     * Says that nothing more will come. Closing a socket that holds something unread would be a reset, which may overtake
     * what was written before.
     */
    private void hangUp(Socket socket) throws IOException {
      if (!socket.isOutputShutdown() && !socket.isClosed()) {
        socket.shutdownOutput();
      }
    }

    private void hold() {
      try {
        TimeUnit.NANOSECONDS.sleep(HOLD.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Reads what nobody will get, until the sender is gone. */
    private void drain(InputStream in) {
      try {
        in.transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        // Gone the hard way.
      }
    }

    private void closeBoth() throws IOException {
      client.close();
      server.close();
      sockets.remove(client);
      sockets.remove(server);
    }
  }
}
