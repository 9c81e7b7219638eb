/** Which tasks need which, read off what they say: evidence for each pair, weighed by what was learned. */
@NullMarked
package io.taskweaver.scheduling.inference;

import org.jspecify.annotations.NullMarked;
