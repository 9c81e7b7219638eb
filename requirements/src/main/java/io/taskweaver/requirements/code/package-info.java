/** What an existing code base consists of: files, what they declare, who uses whom. Values only; reading it is not done here. */
@NullMarked
package io.taskweaver.requirements.code;

import org.jspecify.annotations.NullMarked;
