package dev.trestle.bridge;

import static dev.trestle.bridge.Tasks.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Items between blocking and async code. */
class ChannelTest {
  private final EventLoopThread loop = EventLoopThread.start("channel");
  private final Channel<String> messages = Channel.bounded("messages", 2);

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void whatBlockingCodeSendsATaskReceives() {
    CompletableFuture<String> task = loop.start(() -> messages.blocking().receive());
    messages.blocking().send("ping");
    assertThat(Patience.result(task)).isEqualTo("ping");
  }

  @Test
  void whatATaskSendsBlockingCodeReceives() {
    CompletableFuture<Object> task =
        loop.start(
            () -> {
              for (int i = 0; i < 100; i++) {
                await(messages.async().send("ping " + i));
              }
              return null;
            });
    for (int i = 0; i < 100; i++) {
      assertThat(messages.blocking().receive()).isEqualTo("ping " + i);
    }
    Patience.result(task);
  }

  @Test
  void itemsThatCancelledReceiversGiveBackKeepTheirOrder() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<List<CompletableFuture<String>>> receivers = new CompletableFuture<>();
    loop.execute(
        () -> {
          receivers.complete(List.of(messages.async().receive(), messages.async().receive()));
          Patience.await(go);
        });
    List<CompletableFuture<String>> asked = Patience.result(receivers);
    messages.blocking().send("1");
    messages.blocking().send("2"); // both are on their way
    messages.blocking().send("3");
    asked.forEach(receiver -> receiver.cancel(false));
    go.countDown();
    assertThat(Loops.compute(loop, messages::discard)).containsExactly("1", "2", "3");
  }

  @Test
  void whoSendsWaitsWhileItIsFull() {
    messages.blocking().send("1");
    messages.blocking().send("2");
    CompletableFuture<Void> third = messages.async().send("3");
    assertThat(third).isNotDone();
    assertThat(messages.blocking().receive()).isEqualTo("1");
    Patience.result(third);
    assertThat(messages.size()).isEqualTo(2);
  }

  @Test
  void twentyConsumersAreServedInTheOrderInWhichTheyCame() {
    List<CompletableFuture<String>> received = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      received.add(messages.async().receive());
    }
    for (int i = 0; i < 20; i++) {
      messages.blocking().send(String.valueOf(i));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(Patience.result(received.get(i))).isEqualTo(String.valueOf(i));
    }
  }

  @Test
  void whatIsInAClosedChannelIsStillReceivedAndThenThereIsAnException() {
    messages.blocking().send("last");
    messages.close();
    assertThat(messages.blocking().receive()).isEqualTo("last");
    assertThatThrownBy(() -> messages.blocking().receive())
        .isInstanceOf(ChannelClosedException.class)
        .hasMessage("channel 'messages' is closed");
    assertThatThrownBy(() -> messages.blocking().send("late"))
        .isInstanceOf(ChannelClosedException.class);
  }

  @Test
  void discardingReturnsWhatNobodyReceived() {
    messages.blocking().send("1");
    messages.blocking().send("2");
    CompletableFuture<Void> third = messages.async().send("3");
    assertThat(messages.discard()).containsExactly("1", "2");
    assertThat(Patience.failure(third)).isInstanceOf(ChannelClosedException.class);
    assertThat(messages.discard()).isEmpty();
  }

  @Test
  void closingReleasesWhoWaitsOnEitherSide() {
    CompletableFuture<String> task = loop.start(() -> messages.blocking().receive());
    CompletableFuture<String> body =
        SyncToAsync.concurrent().call(() -> messages.blocking().receive());
    Channel<String> full = Channel.bounded("full", 1);
    full.blocking().send("1");
    CompletableFuture<Object> sender =
        loop.start(
            () -> {
              full.blocking().send("2");
              return null;
            });
    messages.close();
    full.close();
    assertThat(Patience.failure(task)).isInstanceOf(ChannelClosedException.class);
    assertThat(Patience.failure(body)).isInstanceOf(ChannelClosedException.class);
    assertThat(Patience.failure(sender)).isInstanceOf(ChannelClosedException.class);
  }

  @Test
  void anItemThatACancelledReceiverWouldHaveHadGoesToTheNext() {
    CompletableFuture<String> first = messages.async().receive();
    CompletableFuture<String> second = messages.async().receive();
    first.cancel(true);
    messages.blocking().send("ping");
    assertThat(Patience.result(second)).isEqualTo("ping");
  }

  @Test
  void anItemOnItsWayToAReceiverThatIsCancelledStaysTheFirst() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<String> first = Loops.compute(loop, () -> new Receiving(messages)).future;
    loop.execute(() -> Patience.await(go));
    messages.blocking().send("1"); // is delivered on the loop, which is busy
    messages.blocking().send("2");
    first.cancel(true);
    go.countDown();
    assertThat(Loops.compute(loop, messages::size)).isEqualTo(2);
    assertThat(messages.blocking().receive()).isEqualTo("1");
    assertThat(messages.blocking().receive()).isEqualTo("2");
  }

  private static final class Receiving {
    private final CompletableFuture<String> future;

    private Receiving(Channel<String> channel) {
      future = channel.async().receive();
    }
  }

  @Test
  void aSenderThatIsCancelledTakesItsItemBack() {
    messages.blocking().send("1");
    messages.blocking().send("2");
    messages.async().send("3").cancel(true);
    CompletableFuture<Void> fourth = messages.async().send("4");
    assertThat(messages.blocking().receive()).isEqualTo("1");
    Patience.result(fourth);
    assertThat(messages.blocking().receive()).isEqualTo("2");
    assertThat(messages.blocking().receive()).isEqualTo("4");
  }

  @Test
  void aReceiverWhoseTimeIsOverLosesNoItem() {
    for (int i = 0; i < 20; i++) {
      Channel<String> channel = Channel.bounded("late", 1);
      CompletableFuture<String> received =
          SyncToAsync.concurrent()
              .call(
                  () ->
                      AsyncToSync.create()
                          .withTimeout(Duration.ofMillis(5))
                          .call(() -> channel.async().receive()));
      CompletableFuture<Void> sent =
          Stages.after(Duration.ofMillis(5)).thenCompose(over -> channel.async().send("item"));
      Patience.result(sent);
      Throwable failure = Patience.result(received.handle((value, thrown) -> thrown));
      if (failure == null) {
        assertThat(Patience.result(received)).isEqualTo("item");
      } else {
        assertThat(failure).isInstanceOf(BridgeTimeoutException.class);
        assertThat(channel.blocking().receive()).isEqualTo("item");
      }
    }
  }

  @Test
  void theBlockingFaceIsRefusedInACallbackOnALoop() throws Exception {
    Throwable refusal =
        Loops.compute(loop, () -> catchThrowable(() -> messages.blocking().receive()));
    assertThat(refusal).isInstanceOf(BridgeDeadlockException.class);
    messages.blocking().send("not lost");
    assertThat(messages.size()).isEqualTo(1);
  }

  @Test
  void aChannelWithoutRoomIsRefused() {
    assertThatThrownBy(() -> Channel.bounded("none", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("channel 'none' must hold 1 item or more, but is given 0");
  }
}
