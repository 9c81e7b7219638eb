/** What keeps files from being read and written, in words for people. */
@NullMarked
package io.taskweaver.domain.storage;

import org.jspecify.annotations.NullMarked;
