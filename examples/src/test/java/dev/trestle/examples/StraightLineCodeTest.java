package dev.trestle.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.bridge.Channel;
import dev.trestle.bridge.EventLoopThread;
import dev.trestle.bridge.Stages;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.bridge.Tasks;
import dev.trestle.examples.OneFunction.User;
import dev.trestle.examples.Transfer.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The examples of tasks do what they say. */
class StraightLineCodeTest {
  private final EventLoopThread loop = EventLoopThread.start("examples");

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void plainIntsLoseNoMoney() {
    Account ours = new Account();
    Account theirs = new Account();
    ours.money = 500;
    List<CompletableFuture<Boolean>> transfers = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      boolean there = i % 2 == 0;
      transfers.add(
          loop.start(
              () -> {
                Tasks.sleep(Duration.ZERO);
                return Transfer.transfer(there ? ours : theirs, there ? theirs : ours, 1);
              }));
    }
    assertThat(Patience.result(Stages.all(transfers))).contains(true);
    assertThat(ours.money + theirs.money).isEqualTo(500);
  }

  @Test
  void aLockHoldsWhereAnAwaitLiesBetween() {
    Map<String, Integer> balances = new ConcurrentHashMap<>(Map.of("a", 100, "b", 0));
    Transfer transfer = new Transfer(new SlowBank(balances));
    List<CompletableFuture<Boolean>> transfers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      transfers.add(loop.start(() -> transfer.transfer("a", "b", 2)));
      transfers.add(SyncToAsync.concurrent().call(() -> transfer.transfer("a", "b", 3)));
    }
    assertThat(Patience.result(Stages.all(transfers))).contains(true, false);
    assertThat(balances.get("a")).isBetween(0, 2);
    assertThat(balances.get("a") + balances.get("b")).isEqualTo(100);
  }

  private record SlowBank(Map<String, Integer> balances) implements Transfer.Bank {
    @Override
    public CompletableFuture<Integer> balance(String account) {
      return SyncToAsync.concurrent().call(() -> balances.get(account));
    }

    @Override
    public CompletableFuture<Void> setBalance(String account, int balance) {
      return SyncToAsync.concurrent().run(() -> balances.put(account, balance));
    }
  }

  @Test
  void oneFunctionServesBothColours() {
    OneFunction users =
        new OneFunction(id -> SyncToAsync.concurrent().call(() -> new User(id, "Ann")));
    assertThat(users.greetingOnThisThread(7)).isEqualTo("Hello Ann");
    assertThat(Patience.result(users.greeting(loop, 7))).isEqualTo("Hello Ann");
  }

  @Test
  void pingsArriveInOrderAndEnd() {
    Channel<String> messages = Channel.bounded("messages", 2);
    CompletableFuture<Void> sender = Pings.ping(loop, messages, 10);
    assertThat(Pings.receiveAll(messages)).hasSize(10).containsOnly("ping");
    Patience.result(sender);
  }
}
