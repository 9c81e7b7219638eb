/** The context service: keeps what each task is given to work with, and folds results into what a plan has made so far. */
@NullMarked
package io.taskweaver.context;

import org.jspecify.annotations.NullMarked;
