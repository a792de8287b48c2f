package dev.trestle.examples.flow;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Says in a flight recording that a request was answered, and how long that took. */
@Name(RequestEvent.NAME)
@Label("Request")
@Category("Trestle")
@Description("A request was answered")
@StackTrace(false)
final class RequestEvent extends Event {
  static final String NAME = "dev.trestle.examples.Request";

  @Label("Trace")
  @Description("What the hops of the request bear too")
  final String trace;

  @Label("Door")
  @Description("The colour of the server: blocking or async")
  final String door;

  @Label("Method")
  final String method;

  @Label("Path")
  final String path;

  @Label("Status")
  int status;

  @Label("Thread")
  @Description("Where the request came in; the answer may leave elsewhere")
  final String thread = Thread.currentThread().getName();

  private RequestEvent(String trace, String door, String method, String path) {
    this.trace = trace;
    this.door = door;
    this.method = method;
    this.path = path;
  }

  /** A request has come in on this thread: from here its time runs. */
  static RequestEvent arrived(String trace, String door, String method, String path) {
    RequestEvent event = new RequestEvent(trace, door, method, path);
    event.begin();
    return event;
  }

  /** Its answer has been sent, from whichever thread. */
  void answered(int answer) {
    status = answer;
    commit();
  }
}
