; What a Java file declares and uses.
(package_declaration [(scoped_identifier) (identifier)] @package)
(import_declaration [(scoped_identifier) (identifier)] @import)
(class_declaration name: (identifier) @name body: (_)? @body) @type
(record_declaration name: (identifier) @name body: (_)? @body) @type
(enum_declaration name: (identifier) @name body: (_)? @body) @type
(interface_declaration name: (identifier) @name body: (_)? @body) @interface
(annotation_type_declaration name: (identifier) @name body: (_)? @body) @interface
(method_declaration name: (identifier) @name body: (_)? @body) @operation
(field_declaration declarator: (variable_declarator name: (identifier) @name value: [(decimal_integer_literal) (decimal_floating_point_literal) (string_literal)] @value)) @constant
(constant_declaration declarator: (variable_declarator name: (identifier) @name value: [(decimal_integer_literal) (decimal_floating_point_literal) (string_literal)] @value)) @constant
(annotation name: (_) @annotation arguments: (annotation_argument_list (string_literal (string_fragment) @route)))
(annotation name: (_) @annotation arguments: (annotation_argument_list (element_value_pair value: (string_literal (string_fragment) @route))))
(type_identifier) @mention
