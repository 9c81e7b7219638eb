/** Requirement documents as written: blocks with their lines, before anything is made of them. */
@NullMarked
package io.taskweaver.requirements.document;

import org.jspecify.annotations.NullMarked;
