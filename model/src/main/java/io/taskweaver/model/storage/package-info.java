/** What keeps files from being read and written, in words for people. */
@NullMarked
package io.taskweaver.model.storage;

import org.jspecify.annotations.NullMarked;
