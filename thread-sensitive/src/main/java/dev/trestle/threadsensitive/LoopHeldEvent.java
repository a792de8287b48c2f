package dev.trestle.threadsensitive;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * Says in a flight recording that one piece of code held an event loop while others waited. Only
 * fields: the recorder rewrites the class.
 */
@Name("dev.trestle.LoopHeld")
@Label("Event loop held")
@Category("Trestle")
@Description("One piece of code held an event loop for too long while others waited")
@StackTrace(false)
final class LoopHeldEvent extends Event {
  @Label("Loop")
  String loop = "";

  @Label("Line")
  @Description("Where it was when that was first seen")
  String line = "";

  @Label("Held for")
  @Timespan(Timespan.NANOSECONDS)
  long heldFor;
}
