package dev.trestle.lint.rules;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** A suppression that silences nothing is reported, if that was asked for. */
class UnusedSuppressionTest {
  private static final String SOURCE =
      """
      import java.util.concurrent.*;
      @SuppressWarnings("FutureReturnValueIgnored") class Plain {
        CompletableFuture<Void> save() { return CompletableFuture.runAsync(() -> {}); }
        @SuppressWarnings("un-awaited") void used() { save(); }
        @SuppressWarnings("un-awaited") void unused() { save().join(); } // finding: unused-suppression
        @SuppressWarnings({"unchecked", "un-awaited"}) int field; // finding: unused-suppression
        @SuppressWarnings("unchecked") void other() {}
        @SuppressWarnings("sync-thrown") void unknown() {}
      }
      """;

  @Test
  void isReportedWhenSwitchedOn() {
    MarkedSource.of(SOURCE).rules("unused-suppression").check();
  }

  @Test
  void isQuietByDefault() {
    MarkedSource.of(SOURCE.replaceAll("// finding.*", "")).check();
  }
}
