package dev.trestle.examples.flow;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each request and what became of it. It never waits, so it has either colour. */
final class AccessLog implements BlockingMiddleware, AsyncMiddleware {
  private static final Logger log = LoggerFactory.getLogger(AccessLog.class);

  @Override
  public Response handle(Request request, BlockingHandler next) throws Exception {
    logBegin(request);
    try {
      Response response = next.handle(request);
      logEnd(response, null);
      return response;
    } catch (Throwable e) {
      logEnd(null, e);
      throw e;
    }
  }

  @Override
  public CompletionStage<Response> handleAsync(Request request, AsyncHandler next) {
    logBegin(request);
    return next.handleAsync(request).whenComplete(AccessLog::logEnd);
  }

  private static void logBegin(Request request) {
    log.info("{} {}", request.method(), request.path());
  }

  private static void logEnd(@Nullable Response response, @Nullable Throwable failure) {
    if (response != null) {
      log.info("answers {}", response.status());
    } else {
      log.info("fails: {}", String.valueOf(failure));
    }
  }
}
