using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Support;

/// <summary>Keeps every line that services log, so that tests can look for what must (not) be there.</summary>
public sealed class SaidLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, EventId Event, string Line)> lines = new();

    public IReadOnlyCollection<(LogLevel Level, EventId Event, string Line)> Lines => lines;

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, lines);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<(LogLevel, EventId, string)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((logLevel, eventId, $"{category}: {formatter(state, exception)} {exception}"));
    }
}
