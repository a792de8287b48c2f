package dev.trestle.examples.flow;

/** Answers a request on the calling thread, which it may hold as long as it likes. */
@FunctionalInterface
interface BlockingHandler extends Handler {
  Response handle(Request request) throws Exception;
}
