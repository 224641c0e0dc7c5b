@NullMarked
package io.fincore.api.limits;

import org.jspecify.annotations.NullMarked;
