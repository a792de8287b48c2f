package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.FakeThreadLocal;
import dev.trestle.Patience;
import dev.trestle.context.Context;
import dev.trestle.context.Local;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 31: long-lived threads keep nothing of the calls they ran. */
@Tag("concurrency")
@Timeout(120)
class NothingLeftBehindTest {
  private static final int CALLS = 100_000;

  @Test
  @SuppressWarnings("sequential-await") // one call after the other is the load
  void afterAHundredThousandCallsNoEntryIsLeftOnAnyLongLivedThread() throws Exception {
    Local<Object> local = Local.named("value");
    ExecutorService yours = Executors.newSingleThreadExecutor();
    Context untouched = yours.submit(Context::current).get();
    List<WeakReference<Object>> values = new ArrayList<>();
    try (FakeThreadLocal registered = FakeThreadLocal.register("trestle.test.left");
        ThreadSensitiveScope scope = ThreadSensitiveScope.open();
        EventLoopThread loop = EventLoopThread.start("loop")) {
      SyncToAsync[] ways = {
        SyncToAsync.concurrent(),
        SyncToAsync.threadSensitive(),
        SyncToAsync.threadSensitive(scope),
        SyncToAsync.on(yours)
      };
      for (int i = 0; i < CALLS; i++) {
        int call = i;
        Object value = new Object();
        if (i > CALLS - 100) {
          values.add(new WeakReference<>(value));
        }
        registered.put("request " + call);
        CompletableFuture<Boolean> same =
            local.where(value, () -> ways[call % ways.length].call(() -> local.get() == value));
        boolean seen =
            call % 100 == 0
                ? AsyncToSync.on(loop).call(() -> same.thenApply(x -> x && !local.isSet()))
                : Patience.result(same);
        assertThat(seen).isTrue();
        registered.put(null);
      }
      await().until(() -> registered.threads() == 0);
      assertThat(yours.submit(Context::current).get().toString()).isEqualTo(untouched.toString());
      values.forEach(Patience::collected);
      Patience.result(SyncToAsync.threadSensitive(scope).call(() -> ""));
    }
    yours.shutdown();
  }
}
