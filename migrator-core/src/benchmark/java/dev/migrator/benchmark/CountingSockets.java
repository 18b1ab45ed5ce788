package dev.migrator.benchmark;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/**
 * Sockets that count how often the client waits for the server: every time it reads after it wrote. The driver makes them
 * when it is told to by its property {@code socketFactory}; for all contenders alike.
 */
public final class CountingSockets extends SocketFactory {

  private static final AtomicLong CONNECTIONS = new AtomicLong();
  private static final AtomicLong WAITS = new AtomicLong();

  /** For the driver. */
  public CountingSockets() {}

  record Count(long connections, long waits) {

    Count minus(Count earlier) {
      return new Count(connections - earlier.connections, waits - earlier.waits);
    }
  }

  static Count now() {
    return new Count(CONNECTIONS.get(), WAITS.get());
  }

  @Override
  public Socket createSocket() {
    CONNECTIONS.incrementAndGet();
    return new CountingSocket();
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
    return createSocket(host.getHostName(), port);
  }

  private static final class CountingSocket extends Socket {

    private volatile boolean written;

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          wait(written);
          return super.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
          wait(written);
          return super.read(buffer, offset, length);
        }

        private void wait(boolean afterWriting) {
          if (afterWriting) {
            written = false;
            WAITS.incrementAndGet();
          }
        }
      };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(int b) throws IOException {
          written = true;
          out.write(b);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
          written = true;
          out.write(buffer, offset, length);
        }
      };
    }
  }
}
