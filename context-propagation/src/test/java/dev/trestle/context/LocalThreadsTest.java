package dev.trestle.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Patience;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** 27: what one thread sets is its own. */
class LocalThreadsTest {
  private static final Local<String> TENANT = Local.named("tenant");

  @Test
  void aRawThreadInheritsNothing() throws Exception {
    TENANT.where(
        "acme", () -> assertThat(Bystander.start("raw", () -> TENANT.isSet()).result()).isFalse());
  }

  @Test
  void aRawThreadGivesNothingBack() {
    Bystander.start(
            "raw",
            () -> {
              TENANT.set("acme");
              return null;
            })
        .result();
    assertThat(TENANT.isSet()).isFalse();
  }

  @Test
  void removalIsAsLocalAsSetting() throws Exception {
    CountDownLatch removed = new CountDownLatch(1);
    Bystander<String> other =
        Bystander.start(
            "other",
            () ->
                TENANT.where(
                    "globex",
                    () -> {
                      Patience.await(removed);
                      return TENANT.get();
                    }));
    TENANT.where(
        "acme",
        () -> {
          TENANT.remove();
          removed.countDown();
          return null;
        });
    assertThat(other.result()).isEqualTo("globex");
  }
}
