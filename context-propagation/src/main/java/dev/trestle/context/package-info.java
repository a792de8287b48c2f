/** Values that follow the call from thread to thread. */
@NullMarked
package dev.trestle.context;

import org.jspecify.annotations.NullMarked;
