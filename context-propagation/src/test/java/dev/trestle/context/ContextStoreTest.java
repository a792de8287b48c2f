package dev.trestle.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import org.junit.jupiter.api.Test;

class ContextStoreTest {
  private static final ThreadLocal<Context> KEPT = new ThreadLocal<>();
  private static final ThreadLocal<Boolean> SERVING = ThreadLocal.withInitial(() -> false);

  static {
    // For the life of the process, so it serves only threads that say so.
    Context.keepIn(
        new ContextStore() {
          @Override
          public Object place() {
            return SERVING.get() ? Thread.currentThread() : null;
          }

          @Override
          public Context get() {
            return KEPT.get();
          }

          @Override
          public boolean set(Context context) {
            if (SERVING.get()) {
              KEPT.set(context);
            }
            return SERVING.get();
          }
        });
  }

  private final Local<String> tenant = Local.named("tenant");

  @Test
  void whatWasKeptIsFoundOnAThreadWithoutAContextOfItsOwn() throws Exception {
    Context acme = tenant.where("acme", Context::capture);
    Bystander.start(
            "serving",
            () -> {
              SERVING.set(true);
              acme.run(() -> Context.capture().keep());
              return assertThat(tenant.get()).isEqualTo("acme");
            })
        .result();
  }

  @Test
  void aContextOfItsOwnComesFirst() throws Exception {
    Context acme = tenant.where("acme", Context::capture);
    Context globex = tenant.where("globex", Context::capture);
    Bystander.start(
            "serving",
            () -> {
              SERVING.set(true);
              acme.keep();
              globex.run(() -> assertThat(tenant.get()).isEqualTo("globex"));
              return null;
            })
        .result();
  }

  @Test
  void aThreadThatServesNoRequestKeepsNothing() throws Exception {
    Context acme = tenant.where("acme", Context::capture);
    Bystander.start(
            "idle",
            () -> {
              acme.keep();
              return assertThat(tenant.isSet()).isFalse();
            })
        .result();
  }
}
