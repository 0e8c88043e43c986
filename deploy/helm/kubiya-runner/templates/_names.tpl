{{- define "runner.name" -}}
{{- printf "kubiya-runner-%s" (.Release.Name | trimPrefix "kubiya-runner-") | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{- define "runner.labels" -}}
app.kubernetes.io/name: kubiya-runner
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "runner.secret" -}}
{{- .Values.server.existingSecret | default (include "runner.name" .) -}}
{{- end -}}

{{- define "runner.toolNamespace" -}}
{{- .Values.kubernetes.namespace | default .Release.Namespace -}}
{{- end -}}
