package dev.migrator.internal.sql;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands between psql and a server, passes every byte on, and writes down what psql asks (PostgreSQL manual, 55.7, message
 * formats). For one connection without encryption; a session that psql opens itself with {@code \c} is recorded too.
 */
final class RecordingProxy implements AutoCloseable {

  private final String host;
  private final int port;
  private final ServerSocket door;
  private final List<Request> requests = new ArrayList<>();

  /** A Query message, and the CopyData that followed it once the server had asked for data. */
  private static final class Request {
    private final String text;
    private boolean copyIn;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    Request(String text) {
      this.text = text;
    }

    Sent sent() {
      return new Sent(text, copyIn ? data.toString(StandardCharsets.UTF_8) : null);
    }
  }

  RecordingProxy(String host, int port) throws IOException {
    this.host = host;
    this.port = port;
    this.door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    start("proxy", this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** What was sent so far, in order. */
  List<Sent> sent() {
    synchronized (requests) {
      return requests.stream().map(Request::sent).toList();
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = door.accept();
      Socket server = new Socket(host, port);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      start("psql to server", () -> pass(client, server, true));
      start("server to psql", () -> pass(server, client, false));
    }
  }

  private void pass(Socket from, Socket to, boolean fromClient) throws IOException {
    try (from;
        to) {
      DataInputStream in = new DataInputStream(from.getInputStream());
      OutputStream out = to.getOutputStream();
      if (fromClient) {
        passStartup(in, out);
      }
      while (true) {
        int type = in.read();
        if (type < 0) {
          return;
        }
        byte[] body = body(in);
        note(fromClient, (char) type, body);
        ByteArrayOutputStream message = new ByteArrayOutputStream(body.length + 5);
        message.write(type);
        write(message, body);
        out.write(message.toByteArray());
        out.flush();
      }
    }
  }

  /** The first message has no type, and so have requests for encryption and cancellation. */
  private static void passStartup(DataInputStream in, OutputStream out) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    write(message, body(in));
    out.write(message.toByteArray());
    out.flush();
  }

  private static byte[] body(DataInputStream in) throws IOException {
    byte[] body = new byte[in.readInt() - 4];
    in.readFully(body);
    return body;
  }

  private static void write(ByteArrayOutputStream message, byte[] body) throws IOException {
    DataOutputStream data = new DataOutputStream(message);
    data.writeInt(body.length + 4);
    data.write(body);
  }

  private void note(boolean fromClient, char type, byte[] body) {
    synchronized (requests) {
      if (fromClient && type == 'Q') {
        requests.add(new Request(new String(body, 0, body.length - 1, StandardCharsets.UTF_8)));
      } else if (fromClient && type == 'P') {
        // The command gdesc only prepares the statement: its name, a zero, its text, a zero.
        String message = new String(body, StandardCharsets.UTF_8);
        requests.add(new Request(message.split("\0", -1)[1]));
      } else if (fromClient && type == 'd' && !requests.isEmpty()) {
        requests.get(requests.size() - 1).data.writeBytes(body);
      } else if (!fromClient && type == 'G' && !requests.isEmpty()) {
        requests.get(requests.size() - 1).copyIn = true;
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(String name, Work work) {
    Thread thread = new Thread(
        () -> {
          try {
            work.run();
          } catch (SocketException | EOFException e) {
            // One side has hung up, which ends the other.
          } catch (IOException e) {
            throw new IllegalStateException(name, e);
          }
        },
        name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Reads a stream to its end, so that the process that writes it never waits. */
  static String readAll(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
