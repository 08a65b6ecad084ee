/** Tasks by name, at most one of each at a time: a slow one, or a connection that is open for days, does not delay the others. */
export class NamedTasks {
  private readonly running = new Map<string, Promise<void>>()

  /** Starts the task unless one of that name is under way. Its errors go to `trouble`. */
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
