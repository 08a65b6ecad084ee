/** Runs tasks by name, at most one of each name at a time, so that a slow task or a long connection delays no other. */
export class NamedTasks {
  private readonly running = new Map<string, Promise<void>>()

  /** Starts the task unless one of that name is running. Its errors go to `trouble`. */
  start(name: string, task: () => Promise<unknown>, trouble: (error: unknown) => void): void {
    if (this.running.has(name)) return
    const running = task()
      .then(() => undefined, trouble)
      .finally(() => this.running.delete(name))
    this.running.set(name, running)
  }

  async finished(): Promise<void> {
    await Promise.all(this.running.values())
  }
}
