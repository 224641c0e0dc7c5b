@NullMarked
package io.fincore.providers;

import org.jspecify.annotations.NullMarked;
