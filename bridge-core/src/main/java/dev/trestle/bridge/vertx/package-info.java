/** Bridges to and from Vert.x; needs {@code io.vertx:vertx-core}. */
@NullMarked
package dev.trestle.bridge.vertx;

import org.jspecify.annotations.NullMarked;
