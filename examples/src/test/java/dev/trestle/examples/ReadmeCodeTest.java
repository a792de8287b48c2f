package dev.trestle.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.EventLoopThread;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Runs the code that the README shows. */
class ReadmeCodeTest {
  private final List<Thread> bodies = new CopyOnWriteArrayList<>();
  private final Readme readme = new Readme(new RecordedOrders(), id -> price((int) id * 10));

  private static CompletableFuture<Integer> price(int price) {
    return CompletableFuture.completedFuture(price);
  }

  @Test
  void bothBridgesBringTheResult() {
    assertThat(AsyncToSync.create().<String>call(() -> readme.order(7))).isEqualTo("order 7");
    assertThat(bodies).containsExactly(Thread.currentThread());
    assertThat(readme.price(7)).isEqualTo(70);
  }

  @Test
  void theTransactionStaysOnOneThread() {
    try (EventLoopThread loop = EventLoopThread.start("loop")) {
      AsyncToSync.on(loop).call(() -> readme.buy(7));
    }
    assertThat(bodies).hasSize(2);
    assertThat(bodies.get(0)).isSameAs(bodies.get(1)).isNotSameAs(Thread.currentThread());
  }

  @Test
  void theContextFollowsTheCallAndTheCallback() throws Exception {
    assertThat(readme.priceFor("acme", 7)).isEqualTo("acme pays 70");
    List<String> lines = new ArrayList<>();
    var callback = Readme.TENANT.where("acme", () -> Readme.inContext(lines::add));
    callback.accept("done");
    assertThat(lines).containsExactly("acme: done");
  }

  @Test
  void bothOrdersAreFound() {
    assertThat(AsyncToSync.create().<List<String>>call(() -> readme.both(1, 2)))
        .containsExactly("order 1", "order 2");
  }

  @Test
  void theStatementIsCounted() throws Exception {
    ResultSet rows = mock();
    when(rows.getInt(1)).thenReturn(3);
    Statement statement = mock();
    when(statement.executeQuery("select count(*) from orders")).thenReturn(rows);
    assertThat(AsyncToSync.create().<Integer>call(() -> readme.count(statement))).isEqualTo(3);
  }

  private final class RecordedOrders implements Readme.Orders {
    @Override
    public String find(long id) {
      bodies.add(Thread.currentThread());
      return "order " + id;
    }

    @Override
    public void begin() {
      bodies.add(Thread.currentThread());
    }

    @Override
    public void commit(int price) {
      bodies.add(Thread.currentThread());
      assertThat(price).isEqualTo(70);
    }
  }
}
