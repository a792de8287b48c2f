package dev.trestle.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 26: a thread that waited gets the changes, and only the changes. */
class WriteBackTest {
  private final Local<String> changed = Local.named("changed");
  private final Local<String> untouched = Local.named("untouched");
  private final Local<String> removed = Local.named("removed");

  @AfterEach
  void leaveTheThreadClean() {
    changed.remove();
    untouched.remove();
    removed.remove();
  }

  private Context after(Context from, Runnable changes) throws Exception {
    return from.call(
        () -> {
          changes.run();
          return Context.current();
        });
  }

  @Test
  void whatWasSetAndRemovedIsTaken() throws Exception {
    removed.set("here");
    Context from = Context.current();
    Context to =
        after(
            from,
            () -> {
              changed.set("new");
              removed.remove();
            });
    Context.writeBack(from, to);
    assertThat(changed.get()).isEqualTo("new");
    assertThat(removed.isSet()).isFalse();
  }

  @Test
  void whatWasNotTouchedKeepsTheValueOfTheThread() throws Exception {
    untouched.set("before");
    Context from = Context.current();
    Context to = after(from, () -> changed.set("new"));
    untouched.set("meanwhile");
    Context.writeBack(from, to);
    assertThat(untouched.get()).isEqualTo("meanwhile");
    assertThat(changed.get()).isEqualTo("new");
  }

  @Test
  void nothingChangedMeansNothingWritten() throws Exception {
    Context from = Context.current();
    Context to = after(from, () -> {});
    untouched.set("meanwhile");
    Context.writeBack(from, to);
    assertThat(untouched.get()).isEqualTo("meanwhile");
    assertThat(changed.isSet()).isFalse();
  }

  @Test
  void aNullThatWasSetIsTaken() throws Exception {
    changed.set("old");
    Context from = Context.current();
    Context.writeBack(from, after(from, () -> changed.set(null)));
    assertThat(changed.isSet()).isTrue();
    assertThat(changed.get()).isNull();
  }

  @Test
  void theSnapshotsThemselvesStayAsTheyWere() throws Exception {
    Context from = Context.current();
    Context to = after(from, () -> changed.set("new"));
    Context.writeBack(from, to);
    from.run(() -> assertThat(changed.isSet()).isFalse());
    to.run(() -> assertThat(changed.get()).isEqualTo("new"));
  }
}
