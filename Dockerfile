# syntax=docker/dockerfile:1
# .ci/container carries out the lines that begin with RUN dotnet, COPY, ENV, ENTRYPOINT and HEALTHCHECK as they stand here.

FROM litestream/litestream:0.5.16 AS litestream

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
ARG TARGETARCH
WORKDIR /src
# Packages change seldom: this layer is made anew only when one of these two files is another one.
COPY .build.props ./
COPY Crm/Crm.csproj Crm/
RUN dotnet restore Crm/Crm.csproj --arch $TARGETARCH
COPY Crm Crm/
COPY wwwroot wwwroot/
ARG REVISION
# Analyzers have had their say in .ci/run.
RUN dotnet publish Crm/Crm.csproj --configuration Release --arch $TARGETARCH --no-self-contained --no-restore --output /app -p:SourceRevisionId=$REVISION -p:RunAnalyzers=false
RUN mkdir /empty

# Chiseled: no shell, no package manager. "extra" brings ICU and the time zones, which the program needs.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra AS final
LABEL org.opencontainers.image.title="Crm" \
      org.opencontainers.image.description="A project-centred CRM for small remote teams, in one process and one file" \
      org.opencontainers.image.licenses="MIT"
# Sleeps until Litestream:Replica says where to.
COPY --from=litestream /usr/local/bin/litestream /usr/local/bin/litestream
# A new volume takes over owner and mode from here.
COPY --from=build --chown=1654:1654 --chmod=700 /empty /data
COPY --from=build /app /app
ENV CRM_DATA=/data
ENV ASPNETCORE_HTTP_PORTS=8080
# The root file system can be read-only: uploads are buffered in the data folder, and nothing is put there for debuggers.
ENV TMPDIR=/data
ENV DOTNET_EnableDiagnostics=0
WORKDIR /app
USER 1654
VOLUME /data
EXPOSE 8080
# Requests have three and a half seconds to end, and the program has ended after five.
STOPSIGNAL SIGTERM
# Whether it lives, not /readyz, whether it can save: what restarts the unhealthy would not make room on a full disk, and
# would keep people from reading.
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s --start-interval=2s CMD ["/app/Crm", "health", "http://127.0.0.1:8080/healthz"]
ENTRYPOINT ["/app/Crm"]
ARG REVISION
LABEL org.opencontainers.image.revision=$REVISION
