package dev.trestle.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.FakeThreadLocal;
import dev.trestle.FakeTracer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 29: a tracer's scopes are closed as often as they were opened, and in order. */
class TracerScopesTest {
  private final FakeThreadLocal before = FakeThreadLocal.register("trestle.test.before");
  private final FakeTracer tracer = FakeTracer.register();

  @AfterEach
  void unregister() {
    before.close();
    tracer.close();
  }

  @Test
  void aSpanThatIsCurrentAlreadyStaysSoAfterwards() {
    tracer.open("span");
    Context context = Context.capture();
    context.run(() -> assertThat(tracer.span()).isEqualTo("span"));
    assertThat(tracer.span()).isEqualTo("span");
    assertThat(tracer.mistakes()).isEmpty();
    tracer.closeScope();
  }

  @Test
  void whereThereIsNoSpanNothingIsClosed() {
    Context.capture().run(() -> assertThat(tracer.span()).isNull());
    assertThat(tracer.mistakes()).isEmpty();
  }

  @Test
  void whenAnotherAccessorThrowsNoScopeIsClosedThatWasNotOpened() {
    before.put("request");
    tracer.open("request");
    Context request = Context.capture();
    tracer.closeScope();
    before.put("own");
    tracer.open("own");
    IllegalStateException failure = new IllegalStateException("the accessor");
    before.failSet(failure);
    assertThatThrownBy(() -> request.run(() -> {})).isSameAs(failure);
    assertThat(tracer.span()).isEqualTo("own");
    assertThat(tracer.mistakes()).isEmpty();
    tracer.closeScope();
    before.put(null);
  }
}
