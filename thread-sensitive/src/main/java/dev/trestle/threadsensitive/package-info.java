/** Work that must stay on one thread. */
@NullMarked
package dev.trestle.threadsensitive;

import org.jspecify.annotations.NullMarked;
