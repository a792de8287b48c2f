package dev.trestle.benchmarks.serial;

import dev.trestle.benchmarks.Bytes;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Nobody asks what becomes of a task. */
@OperationsPerInvocation(Producers.TASKS)
public class Execute extends Producers {
  @Benchmark
  public void limit(Peers.Hand hand) throws Exception {
    round(number -> hand.putShare(number, producers));
  }

  @Benchmark
  @Bytes(24)
  public void trestle(Peers.Trestle peer) throws Exception {
    putAll(peer.executor::execute);
  }

  @Benchmark
  public void newSingleThreadExecutor(Peers.Jdk peer) throws Exception {
    putAll(peer.executor::execute);
  }

  @Benchmark
  public void nettyDefaultEventExecutor(Peers.Netty peer) throws Exception {
    putAll(peer.executor::execute);
  }

  @Benchmark
  public void jctoolsLoop(JctoolsLoop peer) throws Exception {
    putAll(peer::execute);
  }

  @Benchmark
  public void guavaSequentialExecutor(Peers.Guava peer) throws Exception {
    putAll(peer.executor::execute);
  }

  @Benchmark
  public void reactorSingle(Peers.Reactor peer) throws Exception {
    putAll(peer.scheduler::schedule);
  }
}
