; What a Kotlin file declares and uses.
(package_header (identifier) @package)
(import_header (identifier) @import)
(class_declaration "interface" (type_identifier) @name [(class_body) (enum_class_body)]? @body) @interface
(class_declaration "class" (type_identifier) @name [(class_body) (enum_class_body)]? @body) @type
(object_declaration (type_identifier) @name (class_body)? @body) @type
(companion_object (class_body) @body) @scope
(type_alias (type_identifier) @name) @type
(function_declaration (simple_identifier) @name (function_body)? @body) @operation
(property_declaration (variable_declaration (simple_identifier) @name) [(integer_literal) (real_literal) (string_literal)] @value) @constant
(annotation (constructor_invocation (user_type (type_identifier) @annotation) (value_arguments (value_argument (string_literal (string_content) @route)))))
(type_identifier) @mention
