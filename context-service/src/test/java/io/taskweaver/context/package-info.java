/** Stories of the context service: what comes in, what comes out, what readers see. */
@NullMarked
package io.taskweaver.context;

import org.jspecify.annotations.NullMarked;
