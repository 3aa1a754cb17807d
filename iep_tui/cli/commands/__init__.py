"""What each verb of the front door does. Everything heavy is loaded by the verb that needs it."""
