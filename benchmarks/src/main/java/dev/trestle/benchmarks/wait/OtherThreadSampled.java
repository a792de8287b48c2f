package dev.trestle.benchmarks.wait;

import dev.trestle.benchmarks.Sampled;

/** How long the slow ones of those waits are. */
@Sampled
public class OtherThreadSampled extends OtherThread {}
