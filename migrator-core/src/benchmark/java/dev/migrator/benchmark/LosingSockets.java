package dev.migrator.benchmark;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;

/**
 * Sockets of which one, once, loses the server's answer to a COMMIT: the first one that is sent after, or with, a script that
 * has {@link #MARK} in it. The server has answered by then, so it has committed.
 */
public final class LosingSockets extends SocketFactory {

  static final String MARK = "the answer to this commit is lost";

  private static final AtomicBoolean ARMED = new AtomicBoolean();

  /** For the driver. */
  public LosingSockets() {}

  static void arm() {
    ARMED.set(true);
  }

  /** Whether the answer was lost since {@link #arm()}. */
  static boolean lost() {
    return !ARMED.get();
  }

  @Override
  public Socket createSocket() {
    return new LosingSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw new IOException("the driver connects its sockets itself");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host.getHostName(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  private static final class LosingSocket extends Socket {

    private final StringBuilder sent = new StringBuilder();
    private boolean marked;
    private boolean losing;

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          int answer = super.read();
          lose();
          return answer;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
          int read = super.read(buffer, offset, length);
          lose();
          return read;
        }
      };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(int b) throws IOException {
          look(new byte[] {(byte) b}, 0, 1);
          out.write(b);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
          look(buffer, offset, length);
          out.write(buffer, offset, length);
        }
      };
    }

    private synchronized void look(byte[] buffer, int offset, int length) {
      if (!ARMED.get()) {
        return;
      }
      sent.append(new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
      int mark = marked ? 0 : sent.indexOf(MARK);
      if (mark < 0) {
        return;
      }
      marked = true;
      sent.delete(0, mark);
      // As a statement of its own, with the protocol's zero byte behind it.
      if (sent.indexOf("COMMIT\0") >= 0 || sent.indexOf("commit\0") >= 0) {
        losing = true;
      }
    }

    private synchronized void lose() throws IOException {
      if (losing && ARMED.compareAndSet(true, false)) {
        // A message may be answered in pieces; by then all of them were sent.
        try {
          Thread.sleep(200);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        close();
        throw new IOException("connection reset, and with it the answer to COMMIT");
      }
    }
  }
}
