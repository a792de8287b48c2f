package dev.trestle.examples;

import static dev.trestle.bridge.Tasks.await;

import dev.trestle.bridge.AsyncLock;
import dev.trestle.bridge.Hold;
import java.util.concurrent.CompletableFuture;

/** Money moves between accounts, in many tasks of one event loop at the same time. */
@SuppressWarnings("try") // a hold need only be there
final class Transfer {
  /** Accounts that are somewhere else. */
  interface Bank {
    CompletableFuture<Integer> balance(String account);

    CompletableFuture<Void> setBalance(String account, int balance);
  }

  // region transfer
  static final class Account {
    int money; // no lock: only tasks of one loop touch it
  }

  static boolean transfer(Account from, Account to, int amount) {
    if (from.money < amount) {
      return false;
    }
    from.money -= amount; // from one await to the next
    to.money += amount; // nothing else of the loop runs
    return true;
  }

  // endregion

  private final Bank bank;

  Transfer(Bank bank) {
    this.bank = bank;
  }

  // region lock
  private final AsyncLock accounts = AsyncLock.named("accounts");

  boolean transfer(String from, String to, int amount) {
    try (Hold hold = await(accounts.acquire())) {
      int money = await(bank.balance(from)); // others run here, but none of them gets the lock
      if (money < amount) {
        return false;
      }
      await(bank.setBalance(from, money - amount));
      await(bank.setBalance(to, await(bank.balance(to)) + amount));
      return true;
    }
  }
  // endregion
}
