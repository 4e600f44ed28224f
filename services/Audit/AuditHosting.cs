namespace FundingFlows.Audit;

/// <summary>What the audit service is made of.</summary>
public static class AuditHosting
{
    public static WebApplicationBuilder AddAudit(this WebApplicationBuilder builder)
    {
        builder.AddInstance();
        var services = builder.Services;
        services.AddJournalStore(JournalStores.Copies);
        services.AddAuditor();
        return builder;
    }

    /// <summary>What audits, beside what follows journals: no ports, files, sign-in or sidecar.</summary>
    public static IServiceCollection AddAuditor(this IServiceCollection services)
    {
        services.AddSingleton<Archive>();
        services.AddSingleton<IReplicaArchive>(provider => provider.GetRequiredService<Archive>());
        services.AddSingleton<IHostedBodies, NoHostedBodies>();
        services.AddSingleton<EarlierCopies>();
        services.AddSingleton<KeptJournals>();
        services.AddSingleton<IWitnessed, WitnessedByAudit>();
        services.AddSingleton<Forest>();
        services.AddSingleton<Quotes>();
        services.AddSingleton<ReportChecks>();
        services.AddSingleton<AgencyChecks>();
        services.AddSingleton<YearEndChecks>();
        services.AddSingleton<StandingChecks>();
        services.AddSingleton<AllocationChecks>();
        services.AddSingleton<ReleaseChecks>();
        services.AddSingleton<PayeeChecks>();
        services.AddSingleton<Proofs>();
        services.AddSingleton<Vouching>();
        services.AddSingleton<BackwardTrace>();
        services.AddSingleton<TraceBundles>();
        services.AddSingleton<ForwardTrace>();
        services.AddSingleton<Reconciliation>();
        services.AddSingleton<TurnedAwayAnywhere>();
        services.AddSingleton<Auditor>();
        services.AddHostedService(provider => provider.GetRequiredService<Auditor>());
        return services;
    }

    public static WebApplication MapAudit(this WebApplication app)
    {
        app.MapInstance();
        app.MapGrpcService<AuditReader>();
        app.MapEvidence();
        app.MapDeadLetters();
        return app;
    }
}
