package dev.trestle.threadsensitive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

/** 19: of two waits that began in the same nanosecond one fails, and not both. */
class TiedWaitsTest {
  /** What decides it, given as the same for both. */
  private static void tie(CallerFrame<?>... frames) throws Exception {
    Field since = CallerFrame.class.getDeclaredField("since");
    since.setAccessible(true);
    for (CallerFrame<?> frame : frames) {
      since.setLong(frame, frames[0].since());
    }
  }

  @Test
  void oneOfTwoIsNewer() throws Exception {
    CallerFrame<?> one = Bystander.call(TiedWaitsTest::frame);
    CallerFrame<?> two = Bystander.call(TiedWaitsTest::frame);
    tie(one, two);
    assertThat(one.beganAfter(two)).isNotEqualTo(two.beganAfter(one));
  }

  private static CallerFrame<?> frame() {
    return new CallerFrame<>(null, f -> null, CallOptions.DEFAULT);
  }
}
