package dev.trestle.threadsensitive;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * Says in a flight recording how one bridge call went. It starts when the call was made; its thread
 * is the one that ran the body, or the one that waited for the async function, or else the one that
 * saw that it would never begin. Only fields: the recorder rewrites the class.
 */
@Name("dev.trestle.Hop")
@Label("Hop")
@Category("Trestle")
@Description("A bridge call, from when it was made until its body or wait ended")
@StackTrace(false)
final class HopEvent extends Event {
  @Label("Id")
  long id;

  @Label("Parent")
  @Description("The id of the nearest call further out that has one; 0 if there is none")
  long parent;

  @Label("Trace")
  @Description("What the call belongs to, as Calls.TRACE says where it was made")
  @Nullable String trace;

  @Label("Direction")
  @Description("'to blocking', 'to async' or 'task'")
  String direction = "";

  @Label("Home")
  @Description("Where it ran; null if it never began")
  @Nullable String home;

  @Label("Caller")
  @Description("The name of the thread that made the call")
  String caller = "";

  @Label("Queued")
  @Description("From when it was made until it began, or until it was certain that it never would")
  @Timespan(Timespan.NANOSECONDS)
  long queued;

  @Label("Ran")
  @Description("From when it began until it ended; 0 if it never began")
  @Timespan(Timespan.NANOSECONDS)
  long ran;

  @Label("Outcome")
  @Description(
      "'succeeded', 'failed' or 'cancelled'; refused is failed, and out of time is cancelled")
  String outcome = "";
}
