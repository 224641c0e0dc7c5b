/** The fleet's process: queues, slots, health and shutdown. */
@NullMarked
package io.fincore.worker;

import org.jspecify.annotations.NullMarked;
