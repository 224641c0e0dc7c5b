@NullMarked
package io.fincore.workflows;

import org.jspecify.annotations.NullMarked;
