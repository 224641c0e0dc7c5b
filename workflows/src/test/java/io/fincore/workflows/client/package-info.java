@NullMarked
package io.fincore.workflows.client;

import org.jspecify.annotations.NullMarked;
