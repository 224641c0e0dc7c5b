@NullMarked
package io.fincore.api.codec;

import org.jspecify.annotations.NullMarked;
