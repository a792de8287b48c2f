package dev.trestle.examples.flow;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.threadsensitive.Calls;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The blocking server: a thread for each request, as servlets have it. Over HTTP/2 it learns at
 * once that a client has gone; over HTTP/1.1 when it next writes to it.
 */
final class JettyDoor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JettyDoor.class);

  private final Application application;
  private final SyncToAsync here;
  private final Server server;
  private final ServerConnector connector;
  private final Traces traces = new Traces("b");

  private JettyDoor(int port, int threads, Application application, Duration limit) {
    this.application = application;
    this.here = SyncToAsync.threadSensitive().withTimeout(limit);
    QueuedThreadPool pool = new QueuedThreadPool(threads);
    pool.setName("servlet");
    this.server = new Server(pool);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    this.connector =
        new ServerConnector(
            server, 1, 1, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost("localhost");
    connector.setPort(port);
    server.addConnector(connector);
    ServletContextHandler servlets = new ServletContextHandler("/");
    servlets.addServlet(new ServletHolder(new Servlet()), "/*");
    server.setHandler(servlets);
  }

  /**
   * Opens it.
   *
   * @param port where; 0 for any that is free
   * @param threads how many requests are served at once, and some more for the server itself
   * @param limit how long a request may take
   * @throws IOException if the port is taken
   */
  static JettyDoor open(int port, int threads, Application application, Duration limit)
      throws IOException {
    JettyDoor door = new JettyDoor(port, threads, application, limit);
    try {
      door.server.start();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
    return door;
  }

  int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      log.warn("the blocking server did not stop", e);
    }
  }

  private final class Servlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest in, HttpServletResponse out) throws IOException {
      String trace = traces.of(in.getHeader(Traces.HEADER));
      RequestEvent event =
          RequestEvent.arrived(trace, "blocking", in.getMethod(), in.getRequestURI());
      out.setHeader(Traces.HEADER, trace);
      try (MDC.MDCCloseable id = MDC.putCloseable(Traces.MDC_KEY, trace)) {
        send(out, Calls.TRACE.where(trace, () -> answer(in)));
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      } finally {
        event.answered(out.getStatus());
      }
    }

    private Response answer(HttpServletRequest in) {
      try {
        Request request =
            new Request(
                in.getMethod(),
                in.getRequestURI(),
                Request.parametersOf(in.getQueryString()),
                Body.of(in.getInputStream()));
        Application.Match match = application.find(request);
        Chain<BlockingHandler> chain = match.chain().blocking();
        return chain.switches().isEmpty()
            ? chain.handler().handle(match.request())
            : answerInCall(in, chain.handler(), match.request());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Failures.answer(e);
      } catch (Throwable e) {
        return Failures.answer(e);
      }
    }

    /** On this thread too, and as a call, which has a time limit and can be cancelled. */
    private Response answerInCall(HttpServletRequest in, BlockingHandler handler, Request request)
        throws Exception {
      return AsyncToSync.create()
          .call(
              () -> {
                CompletableFuture<Response> answer = here.call(() -> handler.handle(request));
                ServletContextRequest.getServletContextRequest(in)
                    .addFailureListener(gone -> answer.cancel(true));
                return answer;
              },
              Exception.class);
    }

    private void send(HttpServletResponse out, Response response) throws IOException {
      Body body = response.body();
      try {
        byte[] piece = body.next(); // if there is none, nothing has been said yet
        out.setStatus(response.status());
        response.headers().forEach(out::setHeader);
        byte[] whole = body.whole();
        if (whole != null) {
          out.setContentLength(whole.length);
        }
        OutputStream to = out.getOutputStream();
        for (; piece != null; piece = body.next()) {
          to.write(piece);
        }
      } catch (IOException | RuntimeException e) {
        if (out.isCommitted()) {
          throw e; // the server cuts it off, so that it does not look complete
        }
        send(out, Failures.answer(e));
      } finally {
        body.close();
      }
    }
  }
}
