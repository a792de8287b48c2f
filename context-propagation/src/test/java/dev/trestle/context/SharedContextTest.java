package dev.trestle.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("concurrency")
class SharedContextTest {
  @Test
  void anyNumberOfThreadsMayUseOneSnapshotAtOnce() throws Exception { // 28
    Local<Integer> number = Local.named("number");
    Local<Integer> own = Local.named("own");
    Context shared = number.where(42, Context::capture);
    CountDownLatch together = new CountDownLatch(1);
    List<Bystander<Integer>> users = new ArrayList<>();
    for (int user = 0; user < 8; user++) {
      int mine = user;
      users.add(
          Bystander.start(
              "user-" + user,
              () -> {
                Patience.await(together);
                int wrong = 0;
                for (int i = 0; i < 5_000; i++) {
                  int round = i;
                  own.set(mine);
                  wrong +=
                      shared.<Integer>call(
                          () -> {
                            int seen = number.get() == 42 && !own.isSet() ? 0 : 1;
                            number.set(mine * round);
                            own.set(round);
                            return seen + (number.get() == mine * round ? 0 : 1);
                          });
                  wrong += own.get() == mine && !number.isSet() ? 0 : 1;
                }
                return wrong;
              }));
    }
    together.countDown();
    for (Bystander<Integer> user : users) {
      assertThat(user.result()).isZero();
    }
    shared.run(() -> assertThat(number.get()).isEqualTo(42));
  }
}
