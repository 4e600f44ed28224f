using Microsoft.Extensions.Logging;

namespace FundingFlows.Simulation;

/// <summary>What an instance logs: kept in the history of the run, if anybody will read that.</summary>
internal sealed class VirtualLogs(Place place) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Log(place, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private sealed class Log(Place place, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error || (logLevel >= LogLevel.Information && place.Town.History.IsKept);

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            place.Town.History.Add($"{place.Name} says: {category}: {formatter(state, exception)}{(exception is null ? "" : $" ({exception})")}");
            // Whoever catches whatever it is, and goes on, says so as an error with the exception: nothing that is foreseen is said so.
            if (logLevel == LogLevel.Error && exception is not (null or StoreException or JournalUnavailableException) && place.Life is { IsAlive: true })
                place.Town.Oracle.Breach(Check.NothingUnforeseen, $"{place.Name} met something that nobody foresaw: {category}: {formatter(state, exception)} {exception}");
        }
    }
}
