@NullMarked
package io.fincore.dev.simulator;

import org.jspecify.annotations.NullMarked;
